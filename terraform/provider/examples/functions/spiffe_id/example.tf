output "id" {
  value = provider::tombolo::spiffe_id("west.demo.tombolo", "shop", "checkout")
}
