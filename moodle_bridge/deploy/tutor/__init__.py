"""Two plugins of Tutor: `peer` for the LMS and Studio, `peer_bridge` for the bridge beside them."""
