locals {
  name         = "tombolo-${var.name}"
  gateway_port = 15443
  health_port  = 15021
  # Where Google's checks come from: of groups, and of load balancers of this kind.
  health_checkers = ["35.191.0.0/16", "130.211.0.0/22", "209.85.152.0/22", "209.85.204.0/22"]
  gateways_at     = "${google_compute_address.gateways.address}:${local.gateway_port}"
  device          = "tombolo-state"

  secrets = { for name, secret in google_secret_manager_secret.token : name => "projects/${var.project}/secrets/${secret.secret_id}" }
}

# Keys and state outlive the machine: a new one mounts the same disk.
resource "google_compute_disk" "state" {
  project = var.project
  name    = "${local.name}-state"
  zone    = var.zones[0]
  type    = "pd-balanced"
  size    = var.data_disk_gib
}

module "controller" {
  source = "../site"

  cluster     = var.name
  region      = coalesce(var.region_label, var.region)
  zone        = var.zones[0]
  labels      = var.labels
  advertise   = google_compute_address.controller_internal.address
  gateway     = null
  sidecars    = { for name, sidecar in var.sidecars : name => merge({ host = google_compute_address.controller_internal.address }, sidecar) }
  release     = var.release
  data_device = "/dev/disk/by-id/google-${local.device}"

  secrets = {
    kind    = "gcp"
    join    = var.join_token_version > 0 ? local.secrets["join"] : null
    gateway = local.secrets["gateway"]
  }
}

resource "google_compute_instance" "controller" {
  project                   = var.project
  name                      = "${local.name}-controller"
  zone                      = var.zones[0]
  machine_type              = var.machine_types.controller
  allow_stopping_for_update = true
  metadata                  = { user-data = module.controller.user_data, block-project-ssh-keys = "true" }

  boot_disk {
    initialize_params {
      image = var.image
    }
  }

  attached_disk {
    source      = google_compute_disk.state.id
    device_name = local.device
  }

  network_interface {
    subnetwork = google_compute_subnetwork.site.id
    network_ip = google_compute_address.controller_internal.address

    access_config {
      nat_ip = google_compute_address.controller.address
    }
  }

  service_account {
    email  = google_service_account.machine["controller"].email
    scopes = ["cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot = true
  }

  depends_on = [google_secret_manager_secret_iam_member.machine]
}

module "gateway" {
  source = "../site"

  cluster = var.name
  role    = "gateway"
  release = var.release
  secrets = { kind = "gcp", gateway = local.secrets["gateway"] }

  gateway = {
    advertise   = local.gateways_at
    health_port = local.health_port
    # The load balancer has noticed after two checks, 10 s apart.
    announce_after = "25s"
  }
}

resource "google_compute_instance_template" "gateway" {
  project      = var.project
  name_prefix  = "${local.name}-gateway-"
  region       = var.region
  machine_type = var.machine_types.gateway
  metadata     = { user-data = module.gateway.user_data, block-project-ssh-keys = "true" }

  disk {
    source_image = var.image
    boot         = true
    auto_delete  = true
  }

  network_interface {
    subnetwork = google_compute_subnetwork.site.id
  }

  service_account {
    email  = google_service_account.machine["gateway"].email
    scopes = ["cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot = true
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_region_instance_group_manager" "gateways" {
  project                   = var.project
  name                      = "${local.name}-gateways"
  region                    = var.region
  base_instance_name        = "${local.name}-gateway"
  distribution_policy_zones = var.zones

  version {
    instance_template = google_compute_instance_template.gateway.id
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.alive.id
    initial_delay_sec = 900
  }

  update_policy {
    type                  = "PROACTIVE"
    minimal_action        = "REPLACE"
    max_surge_fixed       = length(var.zones)
    max_unavailable_fixed = 0
  }

  # A machine without a way out installs nothing.
  depends_on = [google_compute_router_nat.site]
}

resource "google_compute_region_autoscaler" "gateways" {
  project = var.project
  name    = local.name
  region  = var.region
  target  = google_compute_region_instance_group_manager.gateways.id

  autoscaling_policy {
    min_replicas    = var.gateways.min
    max_replicas    = var.gateways.max
    cooldown_period = 300

    cpu_utilization {
      target = 0.6
    }
  }
}
