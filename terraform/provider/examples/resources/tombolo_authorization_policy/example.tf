resource "tombolo_authorization_policy" "storefront_reads" {
  name       = "storefront-reads"
  namespace  = "shop"
  target_ref = { name = "checkout" }
  action     = "Allow"
  rules = [{
    from = [{ namespaces = ["storefront"] }]
    to   = [{ methods = ["GET"], paths = ["/cart/*"] }]
  }]
}
