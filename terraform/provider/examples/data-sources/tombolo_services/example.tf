data "tombolo_services" "shop" {
  namespace = "shop"
}

output "ready" {
  value = { for s in data.tombolo_services.shop.services : s.name => sum(concat([0], [for c in s.clusters : coalesce(c.ready, 0)])) }
}
