data "tombolo_trust_bundle" "west" {
  cluster = "west"
}

output "roots_of_west" {
  value = data.tombolo_trust_bundle.west.jwks
}
