resource "tombolo_http_route" "canary" {
  name        = "checkout-canary"
  namespace   = "shop"
  parent_refs = [{ name = "checkout" }]
  rules = [{
    matches = [{ path = { value = "/pay" } }]
    backend_refs = [
      { name = "checkout", port = 80, weight = 95 },
      { name = "checkout-next", port = 80, weight = 5 },
    ]
    timeouts = { request = "2s", backend_request = "500ms" }
  }]
}
