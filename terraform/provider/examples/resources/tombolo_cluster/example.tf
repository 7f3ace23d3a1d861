# Waits until west has joined, and says that it is in region eu.
resource "tombolo_cluster" "west" {
  name       = "west"
  region     = "eu"
  on_destroy = "keep"
  timeouts   = { create = "15m" }
}
