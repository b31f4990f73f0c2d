"""Counter-arguments: on a case for whoever talks with the customer, and in the settings for who keeps them."""
