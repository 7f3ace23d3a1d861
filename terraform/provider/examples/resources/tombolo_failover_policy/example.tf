resource "tombolo_failover_policy" "checkout" {
  name       = "checkout"
  namespace  = "shop"
  target_ref = { name = "checkout" }
  tiers = [
    { local = true },
    { same_region = true },
    { clusters = { only = ["west", "south"] }, weights = { west = 3, south = 1 } },
    { clusters = { any = true } },
  ]
  healthy_below = 70
  hold          = "10s"
  failback      = { ramp = "30s" }
  retry         = { next_cluster = true }
}
