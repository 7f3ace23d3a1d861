resource "tombolo_grpc_route" "pay" {
  name        = "checkout-pay"
  namespace   = "shop"
  parent_refs = [{ name = "checkout" }]
  rules = [{
    matches      = [{ method = { service = "shop.Checkout", method = "Pay" } }]
    backend_refs = [{ name = "checkout-next", port = 80 }]
  }]
}
