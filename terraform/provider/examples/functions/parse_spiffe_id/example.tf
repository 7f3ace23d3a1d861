output "account" {
  value = provider::tombolo::parse_spiffe_id("spiffe://west.demo.tombolo/ns/shop/sa/checkout").account
}
