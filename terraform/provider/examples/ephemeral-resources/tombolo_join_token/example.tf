# A machine's cloud-init joins with it later, so it outlives the run; it can be used once, for an hour.
ephemeral "tombolo_join_token" "mars" {
  cluster         = "mars"
  ttl             = "1h"
  revoke_on_close = false
}
