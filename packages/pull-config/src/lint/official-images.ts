/**
 * Images of docker.io/library that are hardly meant as a namespace. Names under which other publishers keep well-known
 * repositories (percona, couchbase, kong, traefik ...) are left out: for those docker.io/NAME is a source that matches.
 */
const officialImages: ReadonlySet<string> = new Set(
  [
    'adminer almalinux alpine amazoncorretto amazonlinux archlinux bash buildpack-deps busybox caddy cassandra centos',
    'chronograf cirros clojure composer couchdb debian drupal eclipse-mosquitto eclipse-temurin elixir erlang fedora',
    'flink gcc ghost golang gradle groovy haproxy haskell hello-world httpd ibm-semeru-runtimes ibmjava irssi',
    'jetty joomla jruby julia kapacitor logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express',
    'mysql nats-streaming nginx node odoo open-liberty openjdk oraclelinux perl php phpmyadmin postgres pypy python',
    'r-base rabbitmq redis redmine registry rethinkdb rockylinux ruby rust sapmachine scratch spiped telegraf tomcat',
    'tomee ubuntu varnish websphere-liberty wordpress zookeeper',
  ].flatMap((line) => line.split(' ')),
);

/** True for the name of an official image of Docker Hub, whose full name begins with `docker.io/library/`. */
export function isOfficialImage(name: string): boolean {
  return officialImages.has(name);
}
