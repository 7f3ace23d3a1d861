output "host" {
  value = provider::tombolo::clusterset_hostname("checkout", "shop")
}
