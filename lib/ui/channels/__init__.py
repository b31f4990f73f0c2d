"""The network on a screen: the tree with its figures and pictures, and one node's page."""
