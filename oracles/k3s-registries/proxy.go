package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// recordingProxy answers the registry ping of every host with 200 and every manifest with 404, and remembers the latter.
type recordingProxy struct {
	authority tls.Certificate
	mutex     sync.Mutex
	leaves    map[string]*tls.Certificate
	open      []net.Conn
	manifests []string
}

// startProxy makes this process send all its requests to a loopback proxy and trust the certificates made there.
func startProxy(directory string) (*recordingProxy, error) {
	proxy := &recordingProxy{leaves: map[string]*tls.Certificate{}}
	if err := proxy.createAuthority(filepath.Join(directory, "ca.pem")); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := "http://" + listener.Addr().String()
	for key, value := range map[string]string{
		"HTTP_PROXY": address, "HTTPS_PROXY": address, "NO_PROXY": "",
		"http_proxy": address, "https_proxy": address, "no_proxy": "",
		"SSL_CERT_FILE": filepath.Join(directory, "ca.pem"), "SSL_CERT_DIR": directory,
		"DOCKER_CONFIG": directory,
	} {
		if err := os.Setenv(key, value); err != nil {
			return nil, err
		}
	}
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(proxy.serve))
	}()
	return proxy, nil
}

// forget starts a new question. The library keeps the connections of every question open; they are closed here.
func (proxy *recordingProxy) forget() {
	proxy.mutex.Lock()
	defer proxy.mutex.Unlock()
	for _, connection := range proxy.open {
		connection.Close()
	}
	proxy.open, proxy.manifests = nil, nil
}

func (proxy *recordingProxy) seen() []string {
	proxy.mutex.Lock()
	defer proxy.mutex.Unlock()
	return append([]string(nil), proxy.manifests...)
}

func (proxy *recordingProxy) serve(writer http.ResponseWriter, request *http.Request) {
	if request.Method != http.MethodConnect {
		proxy.answer(writer, request, "http")
		return
	}
	connection, _, err := writer.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	proxy.keep(connection)
	fmt.Fprint(connection, "HTTP/1.1 200 OK\r\n\r\n")
	proxy.serveTLS(connection, request.Host)
}

func (proxy *recordingProxy) keep(connection net.Conn) {
	proxy.mutex.Lock()
	defer proxy.mutex.Unlock()
	proxy.open = append(proxy.open, connection)
}

func (proxy *recordingProxy) serveTLS(connection net.Conn, authority string) {
	secured := tls.Server(connection, &tls.Config{
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			return proxy.leafFor(hostOf(authority))
		},
	})
	reader := bufio.NewReader(secured)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		status := proxy.record(request, "https")
		fmt.Fprintf(secured, "HTTP/1.1 %d %s\r\nContent-Length: 0\r\n\r\n", status, http.StatusText(status))
	}
}

func (proxy *recordingProxy) answer(writer http.ResponseWriter, request *http.Request, scheme string) {
	writer.WriteHeader(proxy.record(request, scheme))
}

func (proxy *recordingProxy) record(request *http.Request, scheme string) int {
	if !strings.Contains(request.URL.Path, "/manifests/") {
		return http.StatusOK
	}
	proxy.mutex.Lock()
	defer proxy.mutex.Unlock()
	proxy.manifests = append(proxy.manifests, scheme+"://"+request.Host+request.URL.RequestURI())
	return http.StatusNotFound
}

func (proxy *recordingProxy) createAuthority(file string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "recording proxy"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	proxy.authority = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: template}
	return os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
}

func (proxy *recordingProxy) leafFor(host string) (*tls.Certificate, error) {
	proxy.mutex.Lock()
	defer proxy.mutex.Unlock()
	if leaf, ok := proxy.leaves[host]; ok {
		return leaf, nil
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(len(proxy.leaves) + 2)), Subject: pkix.Name{CommonName: host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	key := proxy.authority.PrivateKey.(*ecdsa.PrivateKey)
	der, err := x509.CreateCertificate(rand.Reader, template, proxy.authority.Leaf, key.Public(), key)
	if err != nil {
		return nil, err
	}
	leaf := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	proxy.leaves[host] = leaf
	return leaf, nil
}

func hostOf(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		return host
	}
	return authority
}
