package io.tombolo.it.actors;

import io.tombolo.cli.demo.Together;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * East and west in region eu, south in region us, linked, with a gateway each. One federation serves every class that asks for
 * it, one class after the other, and ends after the last: who takes it leaves it whole, with services of its own names.
 */
public final class ThreeClusters implements AutoCloseable {
    private static final String GATEWAY = "gateway";

    private final Federation federation;

    private ThreeClusters() {
        federation = Federation.linked(Federation.threeClusters());
        try {
            var _ = Together.all(List.of(
                    () -> east().startsGateway(GATEWAY),
                    () -> west().startsGateway(GATEWAY),
                    () -> south().startsGateway(GATEWAY)));
        } catch (RuntimeException | Error e) {
            federation.close();
            throw e;
        }
    }

    public Federation federation() {
        return federation;
    }

    /** The authority. */
    public Cluster east() {
        return federation.cluster("east");
    }

    public Cluster west() {
        return federation.cluster("west");
    }

    public Cluster south() {
        return federation.cluster("south");
    }

    /** Ends what a class started: applications and sidecars. Controllers and gateways go on. */
    public void endWorkloads() throws Exception {
        east().endWorkloads();
        west().endWorkloads();
        south().endWorkloads();
    }

    @Override
    public void close() {
        federation.close();
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.create(ThreeClusters.class));
    }

    /** Hands them to whoever has a parameter of this type. */
    public static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ThreeClusters.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context).computeIfAbsent(ThreeClusters.class, _ -> new ThreeClusters(), ThreeClusters.class);
        }
    }

    /** For a class that needs the machine for itself: ends them before it. */
    public static final class Ended implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            ThreeClusters three = store(context).remove(ThreeClusters.class, ThreeClusters.class);
            if (three != null) {
                three.close();
            }
        }
    }
}
