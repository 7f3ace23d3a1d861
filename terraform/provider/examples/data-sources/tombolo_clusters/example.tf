data "tombolo_clusters" "all" {}

output "regions" {
  value = { for c in data.tombolo_clusters.all.clusters : c.cluster => c.region }
}
