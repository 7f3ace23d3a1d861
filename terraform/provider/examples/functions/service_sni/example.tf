output "server_name" {
  value = provider::tombolo::service_sni(80, "checkout", "shop", "west", "demo")
}
