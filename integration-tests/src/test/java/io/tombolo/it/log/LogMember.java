package io.tombolo.it.log;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.publish.FederationWriter;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.controller.publish.WriterSettings;
import io.tombolo.controller.subscribe.LogReader;
import io.tombolo.it.actors.Backbone;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One member's writer and reader on a state directory. */
record LogMember(FederationWriter writer, LogReader reader) implements AutoCloseable {
    static final FederationName DEMO = new FederationName("demo");

    static LogMember start(
            Backbone backbone, ClusterId cluster, MembersLog members, Ed25519Key key, Path stateDir, boolean fresh) {
        var connection = backbone.as(new BackbonePrincipal(DEMO, cluster, 1).name());
        var echo = new PulseEcho();
        var reader = new LogReader(
                        cluster,
                        DEMO,
                        members,
                        stateDir,
                        connection,
                        echo,
                        FreshnessSettings.DEFAULT,
                        new AddressRules(true),
                        Clock.systemUTC())
                .start();
        var writer = new FederationWriter(
                        new WriterSettings(DEMO, stateDir, false, fresh, FreshnessSettings.DEFAULT),
                        new RecordSigner(members.federation(), cluster, 1, key),
                        connection,
                        () -> reader.current().members(),
                        reader::ownTail,
                        echo,
                        Clock.systemUTC())
                .start();
        return new LogMember(writer, reader);
    }

    CatalogView awaitView(String what, Predicate<CatalogView> wanted) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .until(reader::current, wanted);
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
    }
}
