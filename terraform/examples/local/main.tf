# Declares what the demo's cluster east exports and how calls of it fail over. With `tombolo demo` running:
#
#   eval "$(tombolo context env east)"
#   terraform init && terraform apply

terraform {
  required_version = ">= 1.11"
  required_providers {
    tombolo = { source = "tombolo/tombolo" }
  }
}

provider "tombolo" {}

variable "namespace" {
  description = "Where the service is."
  type        = string
  default     = "shop"
}

resource "tombolo_service_export" "basket" {
  name      = "basket"
  namespace = var.namespace
  ports     = [{ port = 80, name = "http", app_protocol = "http" }]
}

resource "tombolo_failover_policy" "basket" {
  name       = "basket"
  namespace  = var.namespace
  target_ref = { name = tombolo_service_export.basket.name }
  tiers = [
    { local = true },
    { same_region = true },
    { clusters = { any = true } },
  ]
  hold     = "10s"
  failback = { ramp = "30s" }
}

data "tombolo_failover_simulation" "west_dies" {
  down = ["west"]
}

output "called_as" {
  description = "The name by which every member calls it."
  value       = provider::tombolo::clusterset_hostname(tombolo_service_export.basket.name, var.namespace)
}

output "lost_with_west" {
  description = "Services that nobody would answer for if west died."
  value       = data.tombolo_failover_simulation.west_dies.left_with_nothing
}
