package io.tombolo.model.fault;

/**
 * Every fault by its stable code. A code is never re-used or given another meaning; {@code docs/errors.md} lists them all,
 * and a test compares the two. Hundreds: 1 names, configuration, input · 2 data path · 3 federation log · 4 joining ·
 * 5 trust · 6 controller and API · 7 backbone · 8 command line · 9 what a check finds.
 */
public enum Fault {
    // 1 names, configuration, input
    BAD_NAME(1001, Kind.INPUT, "A name, port or id is not written as it must be."),
    NAME_TOO_LONG(1002, Kind.INPUT, "The server name of a service would exceed 253 characters."),
    BAD_SETTING(1003, Kind.INPUT, "A setting has a value outside its range, or its key is unknown."),
    BAD_RESOURCE(1004, Kind.INPUT, "A resource has an unknown kind or field, or a value outside its range."),
    FILE_UNREADABLE(1005, Kind.INPUT, "A file that was named is missing or cannot be read."),
    FILE_TOO_OPEN(1006, Kind.INPUT, "A file with a secret can be read by others than its owner."),
    FILE_DAMAGED(1007, Kind.STATE, "A state file does not verify; it was set aside, not deleted."),
    FILE_TOO_NEW(1008, Kind.STATE, "A state file was written by a newer version than this one."),
    PORT_IN_USE(1009, Kind.STATE, "A port is taken by another process."),
    STATE_IN_USE(1010, Kind.STATE, "Another process works on this state directory."),

    // 2 data path
    NO_CLIENT_HELLO(2001, Kind.CLIENT, "A connection sent no TLS ClientHello in time, or none that fits."),
    UNKNOWN_SERVER_NAME(2002, Kind.CLIENT, "A connection asked for a name that is not served here."),
    CLIENT_GONE(2003, Kind.CLIENT, "The client left before the exchange was done."),
    TOO_MANY_PENDING(2004, Kind.REFUSED, "A source has too many connections that have not said a name yet."),
    DRAINING(2005, Kind.REFUSED, "This gateway or instance is going away and takes nothing new."),
    BAD_HTTP_HEAD(
            2006,
            Kind.CLIENT,
            "An HTTP/1.1 message is malformed or ambiguous; it was refused and the connection closed."),
    NO_SUCH_SERVICE(2007, Kind.CLIENT, "The name is no service that this workload may call."),
    NO_CONFIG(2008, Kind.UNAVAILABLE, "This proxy has not received its configuration yet."),
    NO_HEALTHY_ENDPOINT(2009, Kind.UNAVAILABLE, "No cluster has a ready instance that can be reached."),
    PEER_UNREACHABLE(2010, Kind.UNAVAILABLE, "A gateway or sidecar does not answer."),
    WRONG_SERVER(
            2011,
            Kind.SECURITY,
            "The server proved an identity that may not answer for this service; no byte was sent."),
    PENDING_TRUST(2012, Kind.UNAVAILABLE, "The two clusters do not yet hold each other's trust bundles."),
    NOT_A_CONSUMER(2013, Kind.SECURITY, "The caller's identity is not among the consumers of this export."),
    MISDIRECTED(2014, Kind.CLIENT, "The request's Host does not belong to the service that the connection asked for."),
    TOO_MANY_REQUESTS(2015, Kind.REFUSED, "The instance works on as many requests as it may."),
    APP_UNREACHABLE(2016, Kind.UNAVAILABLE, "The application behind the sidecar does not accept connections."),
    APP_FAILED(2017, Kind.UNAVAILABLE, "The application broke off before its answer was complete."),
    REQUEST_TIMEOUT(2018, Kind.UNAVAILABLE, "A request took longer than it may."),
    PROXY_CREDENTIAL(2019, Kind.SECURITY, "A process without this run's credential used the sidecar's proxy port."),
    LOOP_REFUSED(2020, Kind.REFUSED, "Traffic that came in through a gateway is never sent out to another cluster."),
    CONNECTION_LOST(2021, Kind.UNAVAILABLE, "An established connection broke before the answer was complete."),
    EVICTED_PEER(2022, Kind.SECURITY, "The other side belongs to a cluster that is no longer a member."),
    TOO_MANY_CONNECTIONS(2023, Kind.REFUSED, "The proxy has as many connections as it may."),
    SERVICE_WITHDRAWN(2024, Kind.UNAVAILABLE, "The service was exported and is withdrawn."),
    RELAY_LOOP(2025, Kind.REFUSED, "Traffic would come back to this proxy, or went round through too many already."),
    ADDRESS_REFUSED(
            2026, Kind.SECURITY, "The name of another cluster's gateway leads to an address that must not be dialled."),
    NO_ROUTE(2027, Kind.CLIENT, "The service has routes, and no rule of them fits the request."),
    NO_BACKEND(2028, Kind.UNAVAILABLE, "The rule that fits leads to a backend that is not there or may not be used."),
    NOT_AUTHORIZED(2029, Kind.SECURITY, "The policies of the service do not let this caller do this."),
    STREAM_RESET(2030, Kind.UNAVAILABLE, "An HTTP/2 stream was reset before the answer was complete."),
    STREAM_REFUSED(2031, Kind.UNAVAILABLE, "An HTTP/2 stream was refused: its request was not worked on."),
    OVER_LIMIT(2032, Kind.REFUSED, "As much of the service goes on from here as its TrafficPolicy lets."),
    RATE_LIMITED(2033, Kind.REFUSED, "The instance got more requests than its service's TrafficPolicy lets it take."),
    FAULT_INJECTED(2034, Kind.REFUSED, "A TrafficPolicy makes requests for the service fail on purpose."),
    NO_CAPTURE_HERE(2040, Kind.STATE, "Transparent capture needs Linux, nft, and the right to administer the network."),
    CAPTURE_RULES(2041, Kind.STATE, "The rules of transparent capture were refused; nothing was changed."),
    NOT_REDIRECTED(2042, Kind.CLIENT, "A connection came to the transparent port without having been redirected."),
    VIP_NOT_BOUND(2043, Kind.STATE, "A service's virtual address cannot be listened on, or there are no more of them."),
    BAD_DNS_QUERY(2044, Kind.CLIENT, "A DNS message is malformed, or no query."),
    BAD_DELEGATION(
            2050, Kind.CLIENT, "A connection through a terminating gateway brought no delegation that can be read."),
    DELEGATION_REFUSED(
            2051,
            Kind.SECURITY,
            "A delegation was not signed by the caller that it names, or not for this connection."),
    DELEGATION_EXPIRED(2052, Kind.SECURITY, "A delegation is over, or is to hold for longer than five minutes."),
    NOT_OWN_GATEWAY(2053, Kind.SECURITY, "Somebody who is no gateway of this cluster wanted to speak for others."),
    NOT_TERMINATED(2054, Kind.CLIENT, "A terminating gateway does not let this caller, or this call, through."),
    TOO_MANY_TAPS(2060, Kind.REFUSED, "As many people as may look at the traffic of a proxy do so already."),
    BAD_TAP_FILTER(2061, Kind.INPUT, "What is asked of a proxy's traffic is not written as it must be."),
    ANSWER_NOT_TAKEN(2070, Kind.CLIENT, "A client did not take the answer that it asked for; it was cut off."),
    REQUEST_NOT_TAKEN(
            2071,
            Kind.UNAVAILABLE,
            "An application, or what leads to it, took hardly anything of a request's body; it was given up."),
    PATH_SILENT(2080, Kind.UNAVAILABLE, "Connections through a gateway are open, and nothing comes back by them."),
    NO_CAPACITY(2085, Kind.REFUSED, "More is asked for than the clusters that may answer can take."),
    DRILL_REFUSED(2090, Kind.REFUSED, "A drill was not begun, because something else is in its way."),
    POLICY_UNREADABLE(
            2092, Kind.STATE, "A federation-wide policy has something in it that this version does not know."),

    // 3 federation log
    BAD_SIGNATURE(3001, Kind.SECURITY, "A record's signature does not fit its bytes or its origin's keys."),
    NOT_A_MEMBER(3002, Kind.SECURITY, "A record comes from a cluster or epoch that is not an admitted member."),
    OLD_RECORD(3003, Kind.SECURITY, "A record has an epoch, term or sequence that is not newer than what is known."),
    WRONG_KEY(3004, Kind.SECURITY, "A record's key or topic is not the one that its envelope names."),
    RECORD_TOO_LARGE(3005, Kind.SECURITY, "A record exceeds 64 kB or its origin's grant."),
    UNKNOWN_CRITICAL_FIELD(3006, Kind.SECURITY, "A record carries a critical field that this version does not know."),
    BARE_TOMBSTONE(3007, Kind.SECURITY, "A null was written where a signed withdrawal belongs; it means nothing."),
    DIGEST_MISMATCH(3008, Kind.SECURITY, "The records of an origin do not add up to the digest that it signed."),
    CLONED(3009, Kind.STATE, "Another process writes with this cluster's identity; this one refuses to start."),
    FENCED(3010, Kind.STATE, "A newer writer of this cluster took over; this one stopped writing."),
    FORKED_MEMBERS(3011, Kind.SECURITY, "Two member records of the same version differ."),
    OUTSIDE_GRANT(3012, Kind.SECURITY, "A record goes beyond what its cluster was granted."),
    MALFORMED_RECORD(3013, Kind.SECURITY, "A record's bytes are not a record."),
    BOUND_ELSEWHERE(3014, Kind.SECURITY, "A trust domain or key belongs to another cluster or epoch for ever."),
    KEYS_REPLACED(3015, Kind.SECURITY, "A member's record-signing keys would change without one that stays."),

    // 4 joining
    TOKEN_MALFORMED(4001, Kind.INPUT, "The text is not a complete token."),
    TOKEN_EXPIRED(4002, Kind.REFUSED, "The token's time is over."),
    TOKEN_USED(4003, Kind.SECURITY, "The token was redeemed by another key."),
    TOKEN_UNKNOWN(4004, Kind.REFUSED, "The authority did not issue this token, or forgot it."),
    TOKEN_REVOKED(4005, Kind.REFUSED, "The token was revoked."),
    TOKEN_OTHER_CLUSTER(4006, Kind.REFUSED, "The token was made for a cluster of another name."),
    WRONG_ENROLMENT_CA(4007, Kind.SECURITY, "The enrolment address answers with another key than the token pins."),
    WRONG_FEDERATION(4008, Kind.SECURITY, "The enrolment address belongs to another federation."),
    PROOF_INVALID(4009, Kind.SECURITY, "The joiner's proof does not fit this connection, token or its requests."),
    NOT_AN_AUTHORITY(4010, Kind.REFUSED, "This cluster may not mint tokens, admit or evict."),
    ALREADY_MEMBER(4011, Kind.REFUSED, "A cluster of this name is an admitted member."),
    ENROLMENT_UNREACHABLE(4012, Kind.UNAVAILABLE, "None of the token's enrolment addresses answers."),
    TOKEN_IN_ARGUMENT(4013, Kind.INPUT, "A token was given as an argument, where others can read it."),
    TRUST_DOMAIN_TAKEN(4014, Kind.REFUSED, "The trust domain is bound to another cluster, for ever."),
    NOT_JOINED(4015, Kind.STATE, "This cluster is not a member of a federation yet."),
    ALREADY_JOINED(4016, Kind.STATE, "This cluster is a member of a federation already."),
    BACKBONE_HOST(4017, Kind.REFUSED, "The cluster hosts the backbone and cannot be evicted while it does."),
    BAD_REQUEST(4018, Kind.INPUT, "An enrolment request is incomplete or contradicts itself."),
    KEY_STILL_USED(
            4019, Kind.UNAVAILABLE, "Records that a key signed which is to be removed are not published again yet."),

    // 5 trust
    BAD_CERTIFICATE(5001, Kind.SECURITY, "A certificate is not a valid SVID."),
    UNKNOWN_TRUST_DOMAIN(5002, Kind.SECURITY, "No trust bundle is held for the peer's trust domain."),
    BAD_BUNDLE(5003, Kind.SECURITY, "A trust bundle is malformed, empty or older than the one that is held."),
    WORKLOAD_TOKEN_REFUSED(
            5004, Kind.SECURITY, "A workload or gateway token is unknown, used, expired or bound to another key."),
    NODE_KEY_REFUSED(5005, Kind.SECURITY, "A renewal was not signed by the registered node key."),
    RESERVED_IDENTITY(5006, Kind.REFUSED, "The namespace tombolo-system is reserved for gateways and controllers."),
    BAD_KEY(5007, Kind.INPUT, "A key or certificate request cannot be used."),

    // 6 controller and API
    UNAUTHENTICATED(6001, Kind.SECURITY, "The request carried no valid credential."),
    FORBIDDEN(6002, Kind.SECURITY, "The credential's role does not allow this."),
    NOT_FOUND(6003, Kind.INPUT, "There is no such thing."),
    CONFLICT(6004, Kind.REFUSED, "The thing changed meanwhile, or exists already."),
    NOT_SUPPORTED_YET(6005, Kind.REFUSED, "This version does not do that yet."),
    STORE_FAILED(6006, Kind.STATE, "The change could not be written to disk; nothing was changed."),
    INTERNAL(6007, Kind.BUG, "A defect of Tombolo."),

    // 7 backbone
    BACKBONE_UNREACHABLE(7001, Kind.UNAVAILABLE, "Kafka does not answer; what was verified stays in use."),
    BACKBONE_DENIED(7002, Kind.STATE, "Kafka refuses this credential or lacks an ACL."),
    BACKBONE_MISCONFIGURED(7003, Kind.STATE, "A topic is missing or has other settings than it must have."),
    BACKBONE_FORMAT_FAILED(7004, Kind.STATE, "The embedded broker could not format its directory."),
    BACKBONE_START_FAILED(7005, Kind.STATE, "The embedded broker could not start on its directory."),

    KUBERNETES_UNREACHABLE(
            7101, Kind.UNAVAILABLE, "The Kubernetes API does not answer, or refuses; what was known stays in use."),
    NOT_INJECTABLE(7102, Kind.INPUT, "A pod cannot have a sidecar as it is; it is left as it was."),
    KUBERNETES_FORBIDDEN(
            7103,
            Kind.STATE,
            "The Kubernetes API does not let the controller do something that it has to; what was known stays in use."),
    REPLICA_UNSURE(
            7120,
            Kind.UNAVAILABLE,
            "Neither the other replica nor the API server confirms that this controller leads; what is known stays in use."),
    REPLICA_REFUSED(7121, Kind.SECURITY, "A follower is no replica of this controller."),

    // 8 command line
    NO_CONTEXT(8001, Kind.INPUT, "No context says which controller to talk to."),
    CONTROLLER_UNREACHABLE(8002, Kind.UNAVAILABLE, "The controller does not answer."),
    USAGE(8003, Kind.INPUT, "The command line is not understood."),
    PROGRAM_FAILED(8004, Kind.STATE, "A program that the command started ended early."),
    TIMED_OUT(8005, Kind.UNAVAILABLE, "What was waited for did not happen in time."),

    // 9 what a check finds
    NOT_LOOKED_AT(9001, Kind.UNAVAILABLE, "Something could not be looked at: whether it is well is not known."),
    KUBERNETES_TOO_OLD(9101, Kind.STATE, "The API server is older than sidecars in pods need it."),
    KIND_MISSING(9102, Kind.STATE, "A kind of object that the controller works with is not installed."),
    KIND_NOT_SERVED(9103, Kind.STATE, "A kind is installed, but not in the version that the controller works with."),
    KIND_NOT_ESTABLISHED(9104, Kind.STATE, "A kind is installed, and the API server does not take objects of it."),
    KIND_OUTDATED(9105, Kind.STATE, "A kind of ours is installed as another version of it has it."),
    MAY_NOT_INSTALL(9106, Kind.STATE, "This user may not create what the chart holds."),
    WEBHOOK_OF_OTHERS(9107, Kind.STATE, "A webhook of our name is there that the chart did not make."),
    NO_STORAGE_CLASS(9108, Kind.STATE, "Nothing says which storage a volume without a class gets."),
    CLOCK_OFF(
            9109,
            Kind.STATE,
            "Two clocks differ so much that certificates, tokens or leases of one are not valid for the other."),
    NAMESPACE_ENDING(9110, Kind.STATE, "The namespace is being deleted: nothing can be made in it."),
    NO_NODE_FITS(9111, Kind.STATE, "No node can run the programs."),
    NOT_INSTALLED(9120, Kind.STATE, "What the chart holds is not there."),
    NOT_READY(9121, Kind.STATE, "Not all pods of a part of the installation are ready."),
    CONTAINER_CRASHES(9122, Kind.STATE, "A container ends again and again."),
    OUT_OF_MEMORY(9123, Kind.STATE, "A container was ended because it needed more memory than it may have."),
    VOLUME_PENDING(9124, Kind.STATE, "A volume is waited for."),
    RIGHT_MISSING(9125, Kind.STATE, "The controller's account may not do something that it has to."),
    WEBHOOK_WITHOUT_CA(
            9126,
            Kind.STATE,
            "The API server does not know whom to believe at the webhook: no pod starts in namespaces with sidecars."),
    WEBHOOK_CA_ENDS(9127, Kind.STATE, "The certificate by which the API server knows the webhook is over, or nearly."),
    WEBHOOK_UNREACHABLE(
            9128, Kind.STATE, "Nothing stands behind the webhook: no pod starts in namespaces with sidecars."),
    WEBHOOK_FAILS_OPEN(9129, Kind.STATE, "While the controller is away pods start without a sidecar."),
    POD_WITHOUT_SIDECAR(9130, Kind.STATE, "A pod of a namespace with sidecars has none."),
    SIDECAR_NOT_STARTED(9131, Kind.STATE, "A sidecar has no configuration yet: its pod waits for it."),
    DNS_NOT_FORWARDED(9132, Kind.STATE, "The cluster's DNS does not ask the mesh about clusterset.local."),
    LOAD_BALANCER_PENDING(9133, Kind.STATE, "A load balancer has no address yet."),
    IMAGE_NOT_PULLED(9134, Kind.STATE, "An image cannot be had."),
    WEBHOOK_MISSING(9135, Kind.STATE, "The webhook is gone: new pods of namespaces with sidecars get none."),
    NO_SECOND_CONTROLLER(
            9136, Kind.STATE, "Of two controllers none leads, or nobody could take over from the one that does."),
    CONTROLLER_WARNS(9201, Kind.STATE, "The controller says that something needs attention."),
    CUT_OFF(9202, Kind.STATE, "This cluster does not read its own words back from the backbone: leases stand still."),
    CLUSTER_STALE(9203, Kind.STATE, "Another cluster has not been heard of as recently as it should."),
    CLUSTER_EXPIRED(9204, Kind.STATE, "Another cluster has not been heard of for longer than its lease."),
    PATH_NOT_PROVEN(9205, Kind.STATE, "Calls through the gateways of another cluster do not work from here."),
    PATH_NOT_MEASURED(9206, Kind.UNAVAILABLE, "Nobody here has tried calls to another cluster just now."),
    NO_GATEWAY(9207, Kind.STATE, "This cluster has no gateway that others could reach it by."),
    GATEWAY_PORT_CLOSED(
            9208, Kind.STATE, "Nobody answers at the address that a gateway of this cluster gives to others."),
    GATEWAY_OF_OTHERS(
            9209,
            Kind.SECURITY,
            "At the address of a gateway somebody answers who is none of this cluster's gateways."),
    GATEWAY_NOT_REACHED(9210, Kind.STATE, "Another cluster says that a gateway of this one does not answer there."),
    ADDRESS_LEFT_OUT(9211, Kind.STATE, "A gateway, or an address of it, that a cluster published is not used here."),
    NOBODY_TAKES_CALLS(9212, Kind.STATE, "No cluster can take calls of a service from here."),
    CALLS_REFUSED(
            9213,
            Kind.STATE,
            "Part of the calls of a service is refused, or they are spread over what looks unhealthy."),
    NONE_READY(9214, Kind.STATE, "A service is exported from here and has no ready instance here."),
    EXPORT_INVALID(9215, Kind.STATE, "An export cannot be meant, such as one without its Service."),
    EXPORT_PENDING(9216, Kind.STATE, "An export has not reached the backbone."),
    EXPORT_CONFLICT(9217, Kind.STATE, "Clusters export one service in different ways."),
    NOT_IN_FORCE(9218, Kind.STATE, "A policy, a route or an export does not have the effect that it asks for."),
    FAULTS_ON_PURPOSE(9219, Kind.STATE, "A TrafficPolicy makes calls fail on purpose."),
    NO_NAMESPACE(
            9220, Kind.STATE, "A service of others has no ServiceImport here, because its namespace is not there."),
    OLD_CONFIGURATION(9221, Kind.STATE, "A proxy does not have the newest configuration."),
    SVID_ENDS(9222, Kind.STATE, "A proxy did not renew what it proves who it is with."),
    VERSIONS_APART(9223, Kind.STATE, "Programs of one cluster are more than one minor version apart."),
    CALL_LOST_BEHIND_GATEWAY(
            9224, Kind.STATE, "A connection through the gateway of a cluster comes to no instance of its service."),
    PROXY_SILENT(9225, Kind.UNAVAILABLE, "A proxy that can still prove who it is has no contact to its controller.");

    /** What sort of fault it is: decides exit codes and HTTP statuses. */
    public enum Kind {
        /** The user's or caller's input. */
        INPUT,
        /** A stranger's or client's behaviour on the data path. */
        CLIENT,
        /** Understood, and refused. */
        REFUSED,
        /** Refused because of who or what is behind it; counted apart. */
        SECURITY,
        /** Try again later. */
        UNAVAILABLE,
        /** Something on this machine must be put right first. */
        STATE,
        /** Ours. */
        BUG
    }

    private final String code;
    private final Kind kind;
    private final String meaning;

    Fault(int number, Kind kind, String meaning) {
        this.code = "TB-" + number;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The stable code, {@code TB-} and four digits. */
    public String code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence for {@code docs/errors.md}. */
    public String meaning() {
        return meaning;
    }
}
