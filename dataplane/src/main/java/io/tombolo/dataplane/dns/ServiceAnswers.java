package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.Reply.Answer;
import io.tombolo.dataplane.dns.ZoneName.Below;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is said of a service's name and of those below it, by what is known of it (MCS DNS specification 1.0.0, sections 2.3 and
 * 2.4). Pure.
 */
final class ServiceAnswers {
    /** Most instances of a headless service that one answer names; the specification allows any subset. */
    static final int MOST_HOSTS = 8;

    /** Most records of one answer, whatever a service declares. */
    private static final int MOST_RECORDS = 16;

    private static final int MAX_NAME = 253;

    private ServiceAnswers() {}

    static Reply of(ServiceName service, Below below, int type, Known known) {
        return switch (known) {
            case Known.Nothing _ -> new Reply.Nothing(false);
            case Known.Unsaid _ -> new Reply.Failure(Rcode.SERVFAIL);
            case Known.Whole whole -> whole(service, below, type, whole);
            // §2.4.1: nobody is ready, then there is no such name. Somebody may be whose address is not known: there is
            // one.
            case Known.Instances its
            when its.hosts().isEmpty() -> new Reply.Nothing(its.more() && below instanceof Below.Itself);
            case Known.Instances its -> instances(service, below, type, its);
        };
    }

    private static Reply whole(ServiceName service, Below below, int type, Known.Whole whole) {
        return switch (below) {
            case Below.Itself _ -> records(addresses(whole.addresses(), type));
            case Below.Protocol _ -> new Reply.Nothing(hasNames(whole.ports()));
            case Below.Port(String name) ->
                servers(
                        name,
                        whole.ports(),
                        type,
                        port -> Stream.of(new Answer.Server(port.port(), service.clustersetName(), whole.addresses())));
            // §2.3.4: nobody is led to one cluster of a service by a name.
            case Below.Cluster _, Below.Host _ -> new Reply.Nothing(false);
        };
    }

    private static Reply instances(ServiceName service, Below below, int type, Known.Instances its) {
        List<Known.Host> some = its.hosts().stream().limit(MOST_HOSTS).toList();
        return switch (below) {
            case Below.Itself _ -> records(some.stream().flatMap(host -> addresses(host.addresses(), type)));
            case Below.Protocol _ -> new Reply.Nothing(hasNames(its.ports()));
            case Below.Port(String name) ->
                servers(
                        name,
                        its.ports(),
                        type,
                        port -> some.stream()
                                .flatMap(host -> name(host, service)
                                        .map(target -> new Answer.Server(port.port(), target, host.addresses()))
                                        .stream()));
            // §2.4.4: it has no record. But it is there, because names below it are (RFC 8020).
            case Below.Cluster(String cluster) ->
                new Reply.Nothing(its.hosts().stream()
                        .anyMatch(host -> host.cluster().value().equals(cluster)));
            case Below.Host(String label, String cluster) ->
                host(
                        its,
                        type,
                        host -> host.labels().contains(label)
                                && host.cluster().value().equals(cluster));
        };
    }

    /** The first of its names that a message has room for. */
    private static Optional<String> name(Known.Host host, ServiceName service) {
        return host.labels().stream()
                .map(label -> label + "." + host.cluster() + "." + service.clustersetName())
                .filter(name -> name.length() <= MAX_NAME)
                .findFirst();
    }

    private static Reply host(Known.Instances its, int type, Predicate<Known.Host> asked) {
        return its.hosts().stream()
                .filter(asked)
                .findFirst()
                .map(host -> records(addresses(host.addresses(), type)))
                .orElse(new Reply.Nothing(false));
    }

    /** @param to where the port leads */
    private static Reply servers(String name, List<ExportedPort> ports, int type, Targets to) {
        List<ExportedPort> named =
                ports.stream().filter(port -> port.name().equals(name)).toList();
        if (named.isEmpty()) {
            return new Reply.Nothing(false);
        }
        return records(type == Query.SRV ? named.stream().flatMap(to::of) : Stream.empty());
    }

    @FunctionalInterface
    private interface Targets {
        Stream<? extends Answer> of(ExportedPort port);
    }

    private static boolean hasNames(List<ExportedPort> ports) {
        return ports.stream().anyMatch(port -> !port.name().isEmpty());
    }

    private static Stream<Answer> addresses(List<InetAddress> all, int type) {
        return all.stream()
                .filter(address -> (type == Query.A && address instanceof Inet4Address)
                        || (type == Query.AAAA && address instanceof Inet6Address))
                .map(Answer.Address::new);
    }

    /** The name exists, whatever it has. */
    private static Reply records(Stream<? extends Answer> answers) {
        List<Answer> all =
                answers.<Answer>map(answer -> answer).limit(MOST_RECORDS).toList();
        return all.isEmpty() ? new Reply.Nothing(true) : new Reply.Found(all);
    }
}
