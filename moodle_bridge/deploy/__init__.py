"""Ways to run it all: plugins of Tutor, the bridge's image, a compose file."""
