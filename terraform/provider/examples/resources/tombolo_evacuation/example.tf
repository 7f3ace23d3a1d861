# Half of south's traffic leaves within a minute, and comes back when this is taken out.
resource "tombolo_evacuation" "south" {
  cluster = "south"
  percent = 50
  over    = "1m"
}
