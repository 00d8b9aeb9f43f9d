"""What shares are shares of: listed on the page of a number, or on one page that many share."""
