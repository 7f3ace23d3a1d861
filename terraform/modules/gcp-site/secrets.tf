resource "google_service_account" "machine" {
  for_each = toset(["controller", "gateway"])

  project      = var.project
  account_id   = substr("tombolo-${var.name}-${substr(each.key, 0, 1)}", 0, 30)
  display_name = "Tombolo ${each.key} of ${var.name}"
}

resource "google_secret_manager_secret" "token" {
  for_each = toset(["join", "gateway"])

  project   = var.project
  secret_id = "${local.name}-${each.key}"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

# Write-only: the token is in no state and no plan. It is written when the version changes.
resource "google_secret_manager_secret_version" "join" {
  count = var.join_token_version > 0 ? 1 : 0

  secret                 = google_secret_manager_secret.token["join"].id
  secret_data_wo         = var.join_token
  secret_data_wo_version = var.join_token_version
}

# What each machine may do, and no more: the controller reads the join token and writes the gateways', a gateway reads its own.
resource "google_secret_manager_secret_iam_member" "machine" {
  for_each = {
    controller_reads_join     = { secret = "join", machine = "controller", role = "roles/secretmanager.secretAccessor" }
    controller_writes_gateway = { secret = "gateway", machine = "controller", role = "roles/secretmanager.secretVersionManager" }
    gateway_reads_gateway     = { secret = "gateway", machine = "gateway", role = "roles/secretmanager.secretAccessor" }
  }

  project   = var.project
  secret_id = google_secret_manager_secret.token[each.value.secret].secret_id
  role      = each.value.role
  member    = "serviceAccount:${google_service_account.machine[each.value.machine].email}"
}
