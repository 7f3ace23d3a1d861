# A site on Azure that joins a federation. The token is made when Terraform runs, and is in no state and no plan.
provider "azurerm" {
  features {}
}

variable "ssh_key" {
  type = string
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
  location           = "germanywestcentral"
  zones              = ["1", "2"]
  tenant_id          = "00000000-0000-0000-0000-000000000001"
  deployer_object_id = "00000000-0000-0000-0000-000000000002"
  admin_ssh_key      = var.ssh_key
  peer_cidrs         = { east = "203.0.113.7/32" }
  join_token         = ephemeral.tombolo_join_token.west.token
  join_token_version = 1

  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
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
