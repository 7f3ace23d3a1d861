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

  tcp_health_check {
    port = local.gateway_port
  }
}

# Passes packets on with their addresses, so the firewall of the gateways sees the peers.
resource "google_compute_region_backend_service" "gateways" {
  project               = var.project
  name                  = local.name
  region                = var.region
  protocol              = "TCP"
  load_balancing_scheme = "EXTERNAL"
  health_checks         = [google_compute_region_health_check.gateways.id]

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
  source_ranges           = ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"]
  target_service_accounts = [google_service_account.machine["gateway"].email]

  allow {
    protocol = "tcp"
    ports    = [tostring(local.gateway_port)]
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
