"""Label Studio as an editor of the record: its configuration, tasks, answers and server.

The workbench owns documents, offsets, samples and decisions. Label Studio is lent a batch of text
and gives marks back, which are believed only where every offset, code and quotation is right:
the server itself checks none of them. This folder is the only door to ``label_studio_sdk``.
"""
