# The chart takes no other: the identities of gateways and controller are those of its accounts.
resource "kubernetes_namespace_v1" "tombolo" {
  metadata {
    name = "tombolo-system"

    labels = merge(var.namespace_labels, {
      for mode in ["enforce", "audit", "warn"] : "pod-security.kubernetes.io/${mode}" => "restricted"
    })
  }
}

# Write-only: the token is in no state and no plan. It is written when the version changes.
resource "kubernetes_secret_v1" "join" {
  count = var.join_token_version > 0 ? 1 : 0

  metadata {
    name      = local.join_secret
    namespace = kubernetes_namespace_v1.tombolo.metadata[0].name
  }

  data_wo          = { token = var.join_token }
  data_wo_revision = var.join_token_version
}

# It is not waited for: gateways are ready when the cluster is a member. The resource tombolo_cluster waits for that, and says
# what hinders it.
resource "helm_release" "tombolo" {
  name             = "tombolo"
  namespace        = kubernetes_namespace_v1.tombolo.metadata[0].name
  create_namespace = false
  chart            = var.chart.name
  repository       = var.chart.repository
  version          = var.chart.version
  values           = concat([yamlencode(local.chart_values)], var.values)
  wait             = false
  depends_on       = [kubernetes_secret_v1.join]
}
