data "tombolo_route_explanation" "pay" {
  namespace = "shop"
  account   = "frontend"
  service   = "checkout.shop"
  method    = "POST"
  path      = "/pay"
}

output "why" {
  value = [for step in data.tombolo_route_explanation.pay.steps : "${step.step}: ${step.text}"]
}
