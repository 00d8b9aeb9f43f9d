"""Charts as inline SVG with links on their marks: the only door to matplotlib.

Each function gives the SVG text of one chart; the page sets a table with the same numbers beside
it. Blue and orange are of the palette of Okabe and Ito (2008), which people with any common form
of colour blindness tell apart; nothing is told by colour alone.
"""

from __future__ import annotations

from workbench.publish.charts.matrix import matrix_chart
from workbench.publish.charts.network import network_chart
from workbench.publish.charts.prevalence import prevalence_chart
from workbench.publish.charts.topics import topic_map, topic_tree

__all__ = ["matrix_chart", "network_chart", "prevalence_chart", "topic_map", "topic_tree"]
