package io.tombolo.dataplane.delegation;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller behind a connection that a gateway handed over: its own word was verified, the gateway's was not asked for.
 * @param gateway by which it came
 */
public record Vouched(VerifiedPeer caller, InstanceId gateway) {
    private static final AttributeKey<Vouched> KEY = AttributeKey.valueOf(Vouched.class, "vouched");

    /** Empty on a connection of the peer's own. */
    public static Optional<Vouched> of(Channel channel) {
        @Nullable Vouched known = channel.attr(KEY).get();
        return Optional.ofNullable(known);
    }

    public void rememberOn(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
