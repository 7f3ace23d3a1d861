resource "tombolo_traffic_policy" "checkout" {
  name       = "checkout"
  namespace  = "shop"
  target_ref = { name = "checkout" }
  balance    = { by = "Hash", hash = { header = "x-user" } }
  retries    = { budget_percent = 20 }
  rate_limit = { requests = 100, per = "1s", scope = "Caller" }
}
