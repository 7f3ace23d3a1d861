# A site on Google Cloud that joins a federation. The token is made when Terraform runs, and is in no state and no plan.
provider "google" {}

provider "tombolo" {}

ephemeral "tombolo_join_token" "west" {
  cluster         = "west"
  ttl             = "1h"
  revoke_on_close = false
}

module "west" {
  source = "../.."

  name               = "west"
  project            = "example-project"
  region             = "europe-west3"
  zones              = ["europe-west3-a", "europe-west3-b"]
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
