# Plans against the names and types of Helm's and Kubernetes' providers; nothing is made.
mock_provider "helm" {}
mock_provider "kubernetes" {}

variables {
  name               = "west"
  region             = "eu"
  labels             = { residency = "eu", "example.com/cost" = "low" }
  chart              = { name = "../../../deploy/helm/tombolo" }
  image              = { repository = "registry.example.org/tombolo" }
  join_token         = "not-a-token"
  join_token_version = 1
  gateway = {
    advertise = "west.example.org:15443"
    service   = { source_ranges = ["198.51.100.7/32"] }
  }
}

run "a_cluster_is_installed_that_joins" {
  assert {
    condition     = helm_release.tombolo.namespace == "tombolo-system" && helm_release.tombolo.chart == "../../../deploy/helm/tombolo"
    error_message = "the chart is elsewhere, or another one"
  }
  assert {
    condition     = kubernetes_secret_v1.join[0].metadata[0].name == yamldecode(helm_release.tombolo.values[0]).join.secretName && kubernetes_secret_v1.join[0].metadata[0].namespace == "tombolo-system"
    error_message = "the controller does not find the token"
  }
  assert {
    condition     = kubernetes_secret_v1.join[0].data_wo_revision == 1 && kubernetes_secret_v1.join[0].data_wo == null
    error_message = "the token is in the state, or is not written"
  }
  assert {
    condition     = !strcontains(join("", helm_release.tombolo.values), "not-a-token")
    error_message = "the token is among the chart's values"
  }
  assert {
    condition = yamldecode(output.values).controller.settings == {
      "labels.residency"            = "eu"
      "labels.\"example.com/cost\"" = "low"
    }
    error_message = "the cluster says something else of itself"
  }
}

run "its_pods_are_restricted" {
  variables {
    namespace_labels = { team = "mesh" }
  }
  assert {
    condition = kubernetes_namespace_v1.tombolo.metadata[0].labels == tomap({
      "team"                               = "mesh"
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/audit"   = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
    })
    error_message = "pods may do more than they must"
  }
}

run "a_cluster_that_founds_joins_nobody" {
  variables {
    join_token_version = 0
  }
  assert {
    condition     = length(kubernetes_secret_v1.join) == 0 && yamldecode(output.values).join.secretName == ""
    error_message = "it tries to join"
  }
}

run "the_chart_can_be_in_a_registry_and_told_more" {
  variables {
    chart  = { name = "tombolo", repository = "oci://registry.example.org/charts", version = "0.1.0" }
    values = ["gateway: {settings: {dial.timeout: 1s}}"]
  }
  assert {
    condition     = helm_release.tombolo.repository == "oci://registry.example.org/charts" && helm_release.tombolo.version == "0.1.0"
    error_message = "the chart is got elsewhere"
  }
  assert {
    condition     = length(helm_release.tombolo.values) == 2 && yamldecode(helm_release.tombolo.values[1]).gateway.settings["dial.timeout"] == "1s"
    error_message = "what users say does not come last"
  }
}

run "a_load_balancer_of_ones_own_leads_to_ports_of_the_nodes" {
  variables {
    gateway = {
      advertise = "nlb.example.org:15443"
      service   = { type = "NodePort", external_traffic_policy = "Local", node_ports = { mesh = 31443 } }
    }
  }
  assert {
    condition     = yamldecode(output.values).gateway.service.nodePorts == { mesh = 31443 } && output.gateway_address == "nlb.example.org:15443"
    error_message = "it leads elsewhere"
  }
}

run "a_version_without_a_token_is_refused" {
  command = plan
  variables {
    join_token = null
  }
  expect_failures = [var.join_token]
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name               = "West"
    chart              = { name = "tombolo", repository = "oci://registry.example.org/charts" }
    gateway            = { advertise = "west", replicas = 0, announce_after = "1m", service = { type = "Ingress", source_ranges = ["0.0.0.0/0"] } }
    controller         = { replicas = 3 }
    join_token_version = 1.5
    namespace_labels   = { "pod-security.kubernetes.io/enforce" = "privileged" }
  }
  expect_failures = [var.name, var.chart, var.gateway, var.controller, var.join_token_version, var.namespace_labels]
}

run "a_load_balancer_for_everybody_is_refused" {
  command = plan

  variables {
    gateway = { advertise = "west.example.org:15443" }
  }

  expect_failures = [var.gateway]
}

run "a_health_port_for_everybody_is_refused" {
  command = plan

  variables {
    gateway = {
      advertise = "west.example.org:15443"
      service   = { source_ranges = ["198.51.100.7/32"], node_ports = { health = 31521 } }
    }
  }

  expect_failures = [var.gateway]
}
