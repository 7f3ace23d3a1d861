package io.tombolo.it.actors;

import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** What answers for the names of a cluster, or of one workload; asked by the JDK's own resolver. */
public final class NameServer {
    private final ProxyProcess process;

    NameServer(ProxyProcess process) {
        this.process = process;
    }

    public ProxyProcess process() {
        return process;
    }

    /** Records of a type, as a zone file has them; none if there is no such record. */
    @SuppressWarnings("BanJNDI") // its DNS gives texts, and no objects
    public List<String> records(String name, String type) {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL,
                "dns://127.0.0.1:" + process.ready().path("dnsPort").asInt());
        try {
            var asking = new InitialDirContext(environment);
            try {
                Attribute found =
                        asking.getAttributes(name, new String[] {type}).get(type);
                return found == null
                        ? List.of()
                        : Collections.list(found.getAll()).stream()
                                .map(String::valueOf)
                                .toList();
            } finally {
                asking.close();
            }
        } catch (NamingException none) {
            return List.of();
        }
    }
}
