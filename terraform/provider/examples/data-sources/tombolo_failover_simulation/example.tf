data "tombolo_failover_simulation" "west_dies" {
  down = ["west"]
}

# No apply while the death of west would be more than the others can take.
resource "terraform_data" "guard" {
  lifecycle {
    precondition {
      condition     = length(data.tombolo_failover_simulation.west_dies.overloaded) == 0
      error_message = "West must not be lost now: ${join(", ", data.tombolo_failover_simulation.west_dies.overloaded)}."
    }
  }
}
