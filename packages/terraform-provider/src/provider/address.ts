/** Where Terraform configurations say that this provider comes from. */
export const providerAddress = 'registry.terraform.io/terraform-redhat/rhcs';

/** The same for Terraform and for OpenTofu, whose registry has a name of its own. */
export const providerAddresses: readonly string[] = [
  providerAddress,
  providerAddress.replace('registry.terraform.io', 'registry.opentofu.org'),
];

/**
 * The version under which it is installed: that of the published provider whose image mirrors it offers, so that
 * constraints such as `>= 1.1.0` hold.
 */
export const providerVersion = '1.7.2';
