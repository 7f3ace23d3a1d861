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

run "several_gateways_are_behind_one_address" {
  assert {
    condition     = one(google_compute_region_autoscaler.gateways.autoscaling_policy).min_replicas == 2 && one(google_compute_region_autoscaler.gateways.autoscaling_policy).max_replicas == 4
    error_message = "there are fewer gateways, or the group cannot grow"
  }
  assert {
    condition = (
      one(google_compute_region_health_check.gateways.http_health_check).port == 15021 &&
      one(google_compute_region_health_check.gateways.http_health_check).request_path == "/readyz" &&
      google_compute_region_health_check.gateways.check_interval_sec == 10 &&
      google_compute_region_health_check.gateways.unhealthy_threshold == 2
    )
    error_message = "the load balancer does not ask whether a gateway takes connections"
  }
  assert {
    condition = (
      one(google_compute_health_check.alive.http_health_check).request_path == "/healthz" &&
      google_compute_health_check.alive.check_interval_sec * google_compute_health_check.alive.unhealthy_threshold >= 60
    )
    error_message = "a gateway that ends in order is replaced before"
  }
  assert {
    condition = alltrue([for line in ["gateway.health.port=15021\n", "gateway.drain.announce-after=25s\n", "gateway.drain.deadline=60s\n"] :
      strcontains(google_compute_instance_template.gateway.metadata["user-data"], line)
    ])
    error_message = "a gateway does not answer checks, or says that it goes before the load balancer has noticed"
  }
}

run "only_the_balancer_reaches_the_health_port" {
  assert {
    condition = (
      toset(google_compute_firewall.health_checks.source_ranges) == toset(["35.191.0.0/16", "130.211.0.0/22", "209.85.152.0/22", "209.85.204.0/22"]) &&
      toset(one(google_compute_firewall.health_checks.allow).ports) == toset(["15021"])
    )
    error_message = "others reach it, or Google's checks do not"
  }
}

run "connections_leave_from_fixed_addresses" {
  variables {
    egress_addresses = 2
  }
  assert {
    condition     = length(output.egress_cidrs) == 3 && alltrue([for range in output.egress_cidrs : range == "203.0.113.20/32"])
    error_message = "other sites cannot let in all addresses and the controller"
  }
  assert {
    condition     = toset(google_compute_router_nat.site.nat_ips) == toset(google_compute_address.nat[*].id) && google_compute_router_nat.site.nat_ip_allocate_option == "MANUAL_ONLY"
    error_message = "Google chooses addresses"
  }
  assert {
    condition     = length(one(google_compute_instance_template.gateway.network_interface).access_config) == 0 && one(one(google_compute_instance.controller.network_interface).access_config).nat_ip == google_compute_address.controller.address
    error_message = "gateways have addresses of their own, or the controller has none"
  }
}

run "a_site_can_have_one_gateway_only" {
  variables {
    gateways = { min = 1, max = 1 }
  }
  assert {
    condition     = one(google_compute_region_autoscaler.gateways.autoscaling_policy).max_replicas == 1 && length(output.egress_cidrs) == 2
    error_message = "it has several"
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
    gateways           = { min = 3, max = 2 }
    egress_addresses   = 0
    data_disk_gib      = 0
    join_token_version = 1.5
  }
  expect_failures = [
    var.name, var.project, var.cidr, var.zones, var.peer_cidrs, var.joiner_cidrs, var.gateways,
    var.egress_addresses, var.data_disk_gib, var.join_token_version,
  ]
}
