# A cluster on AKS that joins a federation. Terraform asks `kubelogin` for a token of the API server when it needs one, and makes the
# join token when it runs: neither is in a state or a plan.
provider "azurerm" {
  features {}
}

provider "tombolo" {}

locals {
  login = {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "kubelogin"
    # The application that stands for the API servers of all clusters of AKS.
    args = ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"]
  }
}

provider "kubernetes" {
  host                   = module.aks.endpoint
  cluster_ca_certificate = module.aks.ca_certificate

  exec {
    api_version = local.login.api_version
    command     = local.login.command
    args        = local.login.args
  }
}

provider "helm" {
  kubernetes = {
    host                   = module.aks.endpoint
    cluster_ca_certificate = module.aks.ca_certificate
    exec                   = local.login
  }
}

module "aks" {
  source = "../.."

  name                = "west"
  location            = "germanywestcentral"
  zones               = ["1", "2"]
  tenant_id           = "00000000-0000-0000-0000-000000000001"
  administrators      = { terraform = "00000000-0000-0000-0000-000000000002" }
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
  image              = { repository = "example.azurecr.io/tombolo" }
  gateway            = module.aks.gateway
  join_token         = ephemeral.tombolo_join_token.west.token
  join_token_version = 1
  depends_on         = [module.aks]
}

# Done when it has joined.
resource "tombolo_cluster" "west" {
  name       = "west"
  depends_on = [module.west]
}

output "gateway_address" {
  value = module.west.gateway_address
}
