# Plans against the names and types of Google's provider; nothing is made.
mock_provider "google" {
  mock_resource "google_compute_address" {
    defaults = { address = "203.0.113.20" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "machine@example-project.iam.gserviceaccount.com" }
  }
}

variables {
  name               = "west"
  project            = "example-project"
  region             = "europe-west3"
  zones              = ["europe-west3-a", "europe-west3-b"]
  peer_cidrs         = { east = "198.51.100.7/32" }
  join_token         = "not-a-token"
  join_token_version = 1
  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "a_site_is_made" {
  assert {
    condition     = output.gateway_address == "203.0.113.20:15443"
    error_message = "the gateways' address is not the load balancer's"
  }
  assert {
    condition     = strcontains(google_compute_instance_template.gateway.metadata["user-data"], "203.0.113.20:15443")
    error_message = "gateways do not know the address at which others reach them"
  }
  assert {
    condition     = strcontains(google_compute_instance.controller.metadata["user-data"], "/dev/disk/by-id/google-tombolo-state")
    error_message = "the controller does not mount its disk"
  }
  assert {
    condition     = !strcontains(google_compute_instance.controller.metadata["user-data"], "not-a-token")
    error_message = "the token is in user data"
  }
}

run "only_peers_reach_the_gateways" {
  assert {
    condition     = toset(google_compute_firewall.peers.source_ranges) == toset(["198.51.100.7/32"]) && toset(one(google_compute_firewall.peers.allow).ports) == toset(["15443"])
    error_message = "the gateways are open to others, or on other ports"
  }
  assert {
    condition     = length(google_compute_firewall.joiners) == 0
    error_message = "a site that is no authority lets joiners in"
  }
}

run "a_site_that_founds_joins_nobody" {
  variables {
    join_token_version = 0
    joiner_cidrs       = { south = "198.51.100.0/24" }
  }
  assert {
    condition     = strcontains(google_compute_instance.controller.metadata["user-data"], "TOMBOLO_JOIN_SECRET=\"\"\n")
    error_message = "it tries to join"
  }
  assert {
    condition     = length(google_secret_manager_secret_version.join) == 0 && length(google_compute_firewall.joiners) == 1
    error_message = "joiners do not reach it"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name               = "West"
    project            = "x"
    cidr               = "10.0.0.0/8"
    zones              = []
    peer_cidrs         = { all = "0.0.0.0/0" }
    joiner_cidrs       = { x = "everybody" }
    gateways           = { max = 2 }
    data_disk_gib      = 0
    join_token_version = 1.5
  }
  expect_failures = [
    var.name, var.project, var.cidr, var.zones, var.peer_cidrs, var.joiner_cidrs, var.gateways, var.data_disk_gib,
    var.join_token_version,
  ]
}
