#!/bin/sh
# Installs a release for Tilt and prints what it consists of: `helm template` would make new secrets at every look.
#   deploy.sh stores NAMESPACE
#   deploy.sh muster NAMESPACE SERVICE…     the images are in TILT_IMAGE_0, TILT_IMAGE_1, …
set -eu
release=$1 namespace=$2
shift 2
case $release in
  stores) set -- k8s/dev-stores --set persistence.enabled=false ;;
  muster)
    number=0 images=''
    for service in "$@"; do
      eval "image=\$TILT_IMAGE_$number"
      name=${image%:*}
      images="$images --set $service.image.registry=${name%/*},$service.image.name=${name##*/},$service.image.tag=${image##*:}"
      number=$((number + 1))
    done
    # shellcheck disable=SC2086 # many words
    set -- charts/muster -f k8s/trial-values.yaml -f k8s/skaffold/values.yaml -f k8s/skaffold/dev-values.yaml $images
    ;;
  *)
    echo "deploy.sh: $release is neither stores nor muster" >&2
    exit 2
    ;;
esac
helm upgrade "$release" "$@" --install --namespace "$namespace" --create-namespace --wait --timeout 5m >&2
helm get manifest "$release" --namespace "$namespace"
