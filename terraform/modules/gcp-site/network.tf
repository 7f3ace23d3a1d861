resource "google_compute_network" "site" {
  project                 = var.project
  name                    = local.name
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "site" {
  project                  = var.project
  name                     = local.name
  region                   = var.region
  network                  = google_compute_network.site.id
  ip_cidr_range            = var.cidr
  private_ip_google_access = true
}

resource "google_compute_address" "gateways" {
  project = var.project
  name    = "${local.name}-gateways"
  region  = var.region
}

# Addresses that other sites let in. They depend on nothing that knows the other sites, so two sites can name each other's.
resource "google_compute_address" "nat" {
  count = var.egress_addresses

  project = var.project
  name    = "${local.name}-nat-${count.index}"
  region  = var.region
}

resource "google_compute_router" "site" {
  project = var.project
  name    = local.name
  region  = var.region
  network = google_compute_network.site.id
}

# For machines without a public address: gateways, and workloads with sidecars.
resource "google_compute_router_nat" "site" {
  project                             = var.project
  name                                = local.name
  region                              = var.region
  router                              = google_compute_router.site.name
  nat_ip_allocate_option              = "MANUAL_ONLY"
  nat_ips                             = google_compute_address.nat[*].id
  source_subnetwork_ip_ranges_to_nat  = "LIST_OF_SUBNETWORKS"
  enable_dynamic_port_allocation      = true
  enable_endpoint_independent_mapping = false
  min_ports_per_vm                    = 1024
  max_ports_per_vm                    = 32768

  subnetwork {
    name                    = google_compute_subnetwork.site.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }
}

# What the controller is known by, within and without: both outlive its machine.
resource "google_compute_address" "controller_internal" {
  project      = var.project
  name         = "${local.name}-controller-internal"
  region       = var.region
  subnetwork   = google_compute_subnetwork.site.id
  address_type = "INTERNAL"
}

resource "google_compute_address" "controller" {
  project = var.project
  name    = "${local.name}-controller"
  region  = var.region
}

resource "google_compute_region_health_check" "gateways" {
  project             = var.project
  name                = local.name
  region              = var.region
  check_interval_sec  = 10
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 2

  http_health_check {
    port         = local.health_port
    request_path = "/readyz"
  }
}

# Whether a machine must be replaced is another question than whether it takes connections: one that ends in order is not.
resource "google_compute_health_check" "alive" {
  project             = var.project
  name                = "${local.name}-alive"
  check_interval_sec  = 10
  timeout_sec         = 5
  healthy_threshold   = 1
  unhealthy_threshold = 6

  http_health_check {
    port         = local.health_port
    request_path = "/healthz"
  }
}

# Passes packets on with their addresses, so the firewall of the gateways sees the peers.
resource "google_compute_region_backend_service" "gateways" {
  project                         = var.project
  name                            = local.name
  region                          = var.region
  protocol                        = "TCP"
  load_balancing_scheme           = "EXTERNAL"
  health_checks                   = [google_compute_region_health_check.gateways.id]
  connection_draining_timeout_sec = 120

  backend {
    group          = google_compute_region_instance_group_manager.gateways.instance_group
    balancing_mode = "CONNECTION"
  }
}

resource "google_compute_forwarding_rule" "gateways" {
  project               = var.project
  name                  = local.name
  region                = var.region
  ip_protocol           = "TCP"
  ip_address            = google_compute_address.gateways.address
  load_balancing_scheme = "EXTERNAL"
  ports                 = [tostring(local.gateway_port)]
  backend_service       = google_compute_region_backend_service.gateways.id
}

resource "google_compute_firewall" "peers" {
  project                 = var.project
  name                    = "${local.name}-peers"
  network                 = google_compute_network.site.id
  source_ranges           = values(var.peer_cidrs)
  target_service_accounts = [google_service_account.machine["gateway"].email]

  allow {
    protocol = "tcp"
    ports    = [tostring(local.gateway_port)]
  }
}

resource "google_compute_firewall" "health_checks" {
  project                 = var.project
  name                    = "${local.name}-health-checks"
  network                 = google_compute_network.site.id
  source_ranges           = local.health_checkers
  target_service_accounts = [google_service_account.machine["gateway"].email]

  allow {
    protocol = "tcp"
    ports    = [tostring(local.health_port)]
  }
}

resource "google_compute_firewall" "gateways_to_controller" {
  project                 = var.project
  name                    = "${local.name}-controller"
  network                 = google_compute_network.site.id
  source_service_accounts = [google_service_account.machine["gateway"].email]
  target_service_accounts = [google_service_account.machine["controller"].email]

  allow {
    protocol = "tcp"
    ports    = ["15006-15010"]
  }
}

resource "google_compute_firewall" "joiners" {
  count = length(var.joiner_cidrs) > 0 ? 1 : 0

  project                 = var.project
  name                    = "${local.name}-joiners"
  network                 = google_compute_network.site.id
  source_ranges           = values(var.joiner_cidrs)
  target_service_accounts = [google_service_account.machine["controller"].email]

  allow {
    protocol = "tcp"
    ports    = ["15012"]
  }
}
