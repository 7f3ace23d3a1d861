# A cluster on GKE that joins a federation. Terraform asks `gke-gcloud-auth-plugin` for a token of the API server when it needs one,
# and makes the join token when it runs: neither is in a state or a plan.
provider "google" {}

provider "tombolo" {}

locals {
  login = {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "gke-gcloud-auth-plugin"
  }
}

provider "kubernetes" {
  host                   = module.gke.endpoint
  cluster_ca_certificate = module.gke.ca_certificate

  exec {
    api_version = local.login.api_version
    command     = local.login.command
  }
}

provider "helm" {
  kubernetes = {
    host                   = module.gke.endpoint
    cluster_ca_certificate = module.gke.ca_certificate
    exec                   = local.login
  }
}

module "gke" {
  source = "../.."

  name                = "west"
  project             = "example-project"
  region              = "europe-west3"
  zones               = ["europe-west3-a", "europe-west3-b"]
  control_plane_cidrs = { office = "198.51.100.0/24" }
  peer_cidrs          = { east = "203.0.113.7/32" }
}

ephemeral "tombolo_join_token" "west" {
  cluster         = "west"
  ttl             = "1h"
  revoke_on_close = false
}

module "west" {
  source = "../../../kubernetes"

  name               = "west"
  region             = "eu"
  chart              = { name = "${path.module}/../../../../../deploy/helm/tombolo" }
  image              = { repository = "europe-west3-docker.pkg.dev/example-project/mesh/tombolo" }
  gateway            = module.gke.gateway
  join_token         = ephemeral.tombolo_join_token.west.token
  join_token_version = 1
  depends_on         = [module.gke]
}

# Done when it has joined.
resource "tombolo_cluster" "west" {
  name       = "west"
  depends_on = [module.west]
}

output "gateway_address" {
  value = module.west.gateway_address
}
