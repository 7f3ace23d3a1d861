# A cluster that you have joins a federation: west of your kubeconfig. Terraform talks to an authority's controller for the token.
provider "kubernetes" {
  config_path    = "~/.kube/config"
  config_context = "west"
}

provider "helm" {
  kubernetes = {
    config_path    = "~/.kube/config"
    config_context = "west"
  }
}

provider "tombolo" {}

ephemeral "tombolo_join_token" "west" {
  cluster         = "west"
  ttl             = "1h"
  revoke_on_close = false
}

module "west" {
  source = "../.."

  name               = "west"
  region             = "eu"
  chart              = { name = "${path.module}/../../../../../deploy/helm/tombolo" }
  image              = { repository = "registry.example.org/tombolo" }
  join_token         = ephemeral.tombolo_join_token.west.token
  join_token_version = 1

  # An address that leads to the load balancer of its Service, which only the other clusters reach.
  gateway = {
    advertise = "west.example.org:15443"
    service   = { source_ranges = ["203.0.113.7/32"] }
  }
}

# Done when it has joined.
resource "tombolo_cluster" "west" {
  name       = "west"
  depends_on = [module.west]
}

output "gateway_address" {
  value = module.west.gateway_address
}
