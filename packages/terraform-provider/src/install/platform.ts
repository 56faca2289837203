/** The platform as Terraform names it, like `linux_amd64`. */
export function terraformPlatform(platform: string = process.platform, arch: string = process.arch): string {
  const system = platform === 'win32' ? 'windows' : platform;
  return `${system}_${architectures[arch] ?? arch}`;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
