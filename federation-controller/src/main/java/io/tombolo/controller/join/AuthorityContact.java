package io.tombolo.controller.join;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.KeyPin;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where this member reached an authority, and which key that has: for renewals and for leaving. */
final class AuthorityContact {
    record Form(List<String> addresses, String caPin) {}

    private final JsonState<Form> file;

    AuthorityContact(StateDirectory state) {
        this.file = new JsonState<>(state.file("authority-contact.state"), "ACON", Form.class);
    }

    void write(List<String> addresses, byte[] caPin) {
        file.write(new Form(addresses, HexFormat.of().formatHex(caPin)));
    }

    /** Calls the first authority that answers. @throws TomboloException ENROLMENT_UNREACHABLE or its refusal */
    <T> T call(FederationId federation, Function<EnrolmentClient, T> work) {
        Form form = file.read().orElseThrow(AuthorityContact::unknown);
        @Nullable TomboloException last = null;
        for (String address : form.addresses()) {
            try (var client = new EnrolmentClient(
                    HostPort.parse(address), KeyPin.ofBytes(HexFormat.of().parseHex(form.caPin())))) {
                client.hello(federation);
                return work.apply(client);
            } catch (TomboloException failed) {
                if (failed.fault() != Fault.ENROLMENT_UNREACHABLE) {
                    throw failed;
                }
                last = failed;
            }
        }
        throw last == null ? unknown() : last;
    }

    private static TomboloException unknown() {
        return new TomboloException(
                Fault.ENROLMENT_UNREACHABLE, "authorities", "none is known here", "join again with a token");
    }
}
