package io.tombolo.cli.demo;

import java.nio.file.Path;

/** What to try while the three clusters run. */
final class Farewell {
    private Farewell() {}

    static void print(Path contexts, Path logs) {
        System.out.printf("""

                The three clusters are running. In another terminal:

                  export TOMBOLO_CONTEXTS=%s
                  ./tombolo clusters --context east
                  ./tombolo services --context south
                  ./tombolo explain frontend checkout -n shop --context east
                  ./tombolo sidecar run --auto-ports --context east -- curl -s http://checkout.shop.svc.clusterset.local
                  ./tombolo apply -f examples/failover/active-active.yaml --context east
                  ./tombolo failover drill --down west --for 30s --demo --context east
                  ./tombolo unexport checkout -n shop --context west

                Logs: %s
                Ctrl-C stops everything that was started.
                """, contexts, logs);
    }
}
