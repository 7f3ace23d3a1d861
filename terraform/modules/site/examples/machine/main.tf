# A machine of your own: the files and the cloud-init document of a site that joins with a token which somebody lays at
# /etc/tombolo/join.token (mode 0600).
module "site" {
  source = "../.."

  cluster   = "south"
  region    = "us"
  advertise = "south.example.org"

  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
  }

  secrets = { join = "/etc/tombolo/join.token" }

  sidecars = {
    checkout = { namespace = "shop", account = "checkout", service = "checkout", service_port = 80, app_port = 8080 }
  }
}

output "user_data" {
  value = module.site.user_data
}
